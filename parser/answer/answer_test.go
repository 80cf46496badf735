package answer

import (
	"strings"
	"testing"
)

// answers are texts by what they mean, one a line; \n is a line break, "mixed" is Other that says both.
var answers = map[string]string{
	"solved": `
已解决
已解决。
己解决
已解決
已经解决了，谢谢
问题已解决，谢谢！
问题已经解决，非常感谢
解决了
解决啦，多谢
可以了
可以啦
可以了，謝謝
可以了 谢谢
OK了
ok le
ok啦，辛苦了
好了
好了，谢谢
已经好了，谢谢！
搞定
搞定了，感谢李工
没问题了
没有问题了，谢谢您
可以用了
现在可以用了
能用了
好使了
可以正常使用了，谢谢
确认没有问题了
已解决\n附件是截图。
正常了
现在正常了，辛苦
恢复正常了
已恢复
确认
确认，谢谢
已确认
确认已解决
确认解决，谢谢
您好，确认已解决
李伟你好，\n\n已经解决了，谢谢！\n\n张三
李工，好了
李伟，\n可以了
ERP好了
ERP可以登录了，谢谢
打印机可以打印了
邮箱能登录了
邮箱登录正常了
现在可以登录系统了
又可以用了
试了一下，可以了
重启后好了
重启之后正常了，谢谢
测试通过
测试没问题了
一切正常
刚才还不行，现在可以了
之前一直打不开，现在好了
报错解决了
不报错了
没有再出现，谢谢
不卡了，谢谢
会议室投影已解决
会议室的大屏已经解决了
可以关单了
工单可以关闭了，谢谢
不好意思，回复晚了。问题已解决。
昨天李伟过来换了网线，现在好了
已解决\n\n原因是网线松了，重新插好以后，ERP 和邮箱都能登录。
是的，解决了
嗯，好了
好的，可以了，谢谢
收到，已解决
已解决👍
VPN连上了
网通了
登录成功了
終於解決了，謝謝幫忙
網絡正常了，謝謝
已解决 5 很快
已解决5
已解决，5分，很快
可以了 5分
已解决 2 等太久了，下次能快点吗？
已解决 4 就是有点慢
solved 5 great
Solved
solved!
SOLVED
Solved.
solved, thanks
Solved, thank you very much!
works
Works!
works now
Works now, thx
works fine now thx
It works now
It's working now, thanks
Yes, it works
Yes it works, thank you
yes, solved
fixed, thanks
Fixed. Thank you for your help!
OK now
ok now thanks
all good now
All good, thanks!
Problem solved
The problem is solved.
The issue has been resolved, thank you
My VPN works again
The printer is working again
I can log in now
I can print again, thanks
Confirmed
I confirm
confirmed, thanks
Hi Li Wei,\n\nit works now.\n\nBest regards,\nZhang San
Hello Li Wei,\nSolved, thanks.\n\nKind regards
Li Wei fixed it, thanks
no more errors, thanks
no longer crashes
It doesn't crash anymore
Outlook is back to normal
That did the trick, thank you!
ERP work already la, thanks
can log in already
You can close the ticket, thanks
It wasn't working this morning, but it works now
Ｓｏｌｖｅｄ
> 请回复“已解决”或“没解决”\n已解决
已解决\n[IT20231115001 abcdefghijklmnop]`,

	"unsolved": `
没解决
没有解决
沒解決
没解决！
未解决
尚未解决
还没解决
还没有解决
问题没有解决
没有完全解决
没有彻底解决，请再看看
还是不行
还是不行啊
不行
不行啊
又不行了
现在又不行了
还是老样子
还是一样
依旧报错
仍然报错
还是报错，麻烦再看看
还是打不开
打不开
登录不了
VPN还是登录不了
还是登录不上
无法登录
仍然无法登录ERP
没用
麻烦您再看看，还是不行
请帮忙看看，还是不行
仍未解决
Please check again, still not working
no, not yet
没有用
没效果
没好
还没好
又出现了
问题又来了
问题又出现了
又坏了
问题依旧
问题依然存在
还是很慢
还是卡
重启了，还是不行
按您说的方法试了，还是不行
早上试了一下还是不行
昨天好了，今天又不行了
之前好了，现在又不行了
不好意思，还是不行
谢谢，但是还是不行
您好，打印机还是打印不了，请帮忙再看一下，谢谢。
还是不行，可能是网络问题
没解决，明天能来看看吗？
怎么还是不行
怎么又不行了？
没有
还是没声音
还是没有网
不能用
不正常
網絡還是不行
還是不行，謝謝
未解决，重启后又出现
2 又不行了
not solved
Not solved yet
not fixed
unsolved
still broken
Still broken.
Still not working
still not working, please check again
It still doesn't work
It doesn't work
doesn't work
doesnt work
does not work
isn't working yet
It's not working
still the same
Still the same issue
same problem
nope
Nope.
no
No.
no luck
No luck, sorry
No, it doesn't work
no change
Sorry, still the same error.
happens again
It happened again
it's back
The problem is back
still can't log in
I still cannot log in to ERP
I can't print
Still no sound
still getting the same error
It never worked
not really solved
no longer works
Stopped working again
Thanks, but it still doesn't work
Thanks for trying, but still no luck
why is it still not working?
I restarted the laptop as you said and reinstalled the client. Still not working.
It was fine yesterday, but today it is broken again
👎
Hi Li Wei,\n\nstill not working.\n\nBest regards,\nZhang San`,

	"thanks": `
收到
收到，谢谢
收到了
好的
好的，谢谢
好的,谢谢!
好的 谢谢
好
好滴
行
嗯
OK
ok
Ok, thanks
okay
谢谢
谢谢！
謝謝
多谢李工
谢谢你的帮助
非常感谢
辛苦了
辛苦了，谢谢
麻烦您了
不客气
没问题
没问题，谢谢
知道了
明白了，谢谢
可以
可以的
确认收到
太好了，谢谢
很快
非常满意
👍
👌
🙏
好的👍
李伟你好，收到，谢谢\n张三
李伟，收到，谢谢
收到，谢谢\n\n祝好\n张三
是的
Thanks
Thank you
Thank you!
Thank you very much for your help
thx
Thanks Li Wei
Hi Li Wei,\nthank you.\n\nBest regards\nZhang San
Received, thanks
Noted
Noted with thanks
Got it
Great, thanks
Perfect!
Yes
no problem
You're welcome
Many thanks for the quick help`,

	"empty": "\n\n \n\n\u3000\n您好\n您好！\nHi,\nHello Li Wei,\n\u200b\n> 已解决",

	"other": `
解决了吗？
可以了，不过要重新登录
没登录过
我没打开过那个文件
I didn't open it
我不用Outlook
解决了吗
已解决？
好了没
好了没有
可以了吧
应该可以了吧
应该好了
应该解决了
好像可以了
好像好了，再观察一下
看起来正常了
暂时可以了
基本可以了
部分解决
如果解决了我会回复
如果还是不行，我再联系您
要是还不行怎么办
明天测试后确认
明天确认
测试后确认
测试后再确认
待确认
确认一下
请确认
好的，我试试
已解决，屏幕右边有黑线
能打开了，里面是空的
I can open the file, it is empty
可以用了，第二台电脑黑着
working on it
状态显示已解决
没解决就算了
问题解决了请通知我
不能算解决
没有任何改善
暂无问题
无法确认
好的，我试一下
我明天试试
稍后测试
还没试
还没来得及测试
没时间测试
不是没解决
不是不行
不确定是否解决
不知道好了没有
是否已解决
什么时候能解决
请尽快解决
请尽快修复
希望能尽快解决，谢谢
等好了告诉我
弄好了告诉我一声
重启好了
表单填好了
资料准备好了
重启就好了
再发一次就可以了
我以为好了
听说已经好了
同事的好了
其他人都可以了
另一个问题解决了
昨天已经解决了
有时候可以了
还可以
还好
解决
不用了，谢谢
你们可以过来了
您可以登录看看
错误提示：用户名或密码错误
电话 13800000000
我在三楼会议室
打印机型号是 HP M404
请看附件
谢谢，请再帮我看看电脑
周五来可以吗？
已解决，还有一个问题：怎么设置签名？
已解决。另外打印机怎么连接
搞定了原来是网线松了
已解决客户的投诉
已解决 2 个问题
上午处理了 3 台
5
5分
５
4 分
5 很快
1
⭐⭐⭐⭐⭐
没收到邮件
还没收到新电脑
问题是密码忘了
图标不出现了
是不是已经解决了
没解决吗？
没有，谢谢
慢
有点慢
张三
is it solved?
Is it fixed
Solved?
is it working now
Has it been resolved?
I thought it was solved but the message came up when I opened the second window
I thought it was fixed
I think it works now
It seems to work
Seems fixed
It should work now
if it works I will tell you
If it doesn't work I will tell you
I will check and confirm tomorrow
tomorrow I'll check
I'll test it later
Will try
will confirm later
Cannot confirm yet
not sure if it works
I don't know whether it is solved
hope it is solved soon
please fix it
Please solve this as soon as possible
waiting for it to be fixed
It needs to be fixed
works sometimes
It works only in Chrome
It works until I restart
works for five minutes
partially fixed
so far no errors
I can't believe it works
I heard it works
My colleague says it works
The other printer works
I work from home
Still haven't tested
I haven't had time to test
When will it be solved?
how can I log in
The error says wrong password
see attached screenshot
No, thanks
My phone is 13800000000
Done
it's not unsolved
Solved 5 minutes ago
fixed by restarting
1. 重启 2. 好了 3. 再看
4.5
6
0
Let me know when it is fixed`,

	"mixed": `
可以了，但是打印机还是不行
ERP好了，但邮箱还是登录不了
ERP好了，邮箱还是不行
ERP好了 邮箱还是不行
虽然ERP好了，但是邮箱不行
我确认了，还没解决
可以登录但是看不到数据
可以了，但是有个文件找不到
好了，就是打印很慢
好了。打印机报错。
打印很慢，ERP好了
邮箱还不行，ERP好了
不行，我看错了，已解决
已解决 3 但是打印机还是不行
It works now, but the printer is still broken
Solved, but Outlook does not work
VPN works. Printer doesn't.
works but slow
Fixed, however the second screen is missing
no, it works`,
}

func TestRead(t *testing.T) {
	count := 0
	for want, list := range answers {
		for _, text := range strings.Split(list, "\n")[1:] {
			count++
			t.Run(want+" "+text, func(t *testing.T) {
				a := Read(strings.ReplaceAll(text, `\n`, "\n"))
				got := string(a.Meaning)
				if a.Mixed {
					got = "mixed"
				}
				if got != want {
					t.Errorf("got %s (%+v)", got, a)
				}
			})
		}
	}
	t.Logf("%d answers", count)
}

func TestPhrasesStandOnce(t *testing.T) {
	seen := map[string]class{}
	for _, table := range []map[class]string{chinese, english, signs} {
		for c, list := range table {
			for phrase := range strings.FieldsFuncSeq(list, between) {
				var key []string
				for _, a := range splitLine(nil, phrase, 0) {
					key = append(key, a.text)
					if a.kind >= stop {
						t.Errorf("%q has a stop and is never found", phrase)
					}
				}
				joined := strings.Join(key, " ")
				if other, ok := seen[joined]; ok && other != c {
					t.Errorf("%q stands for %d and %d", phrase, other, c)
				}
				seen[joined] = c
			}
		}
	}
}
