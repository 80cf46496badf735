package answer

import (
	"fmt"
	"strings"
	"testing"
)

func TestScores(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"已解决 5 很快", `solved 5 "很快"`},
		{"已解决5", `solved 5 ""`},
		{"已解决，4分，态度很好，就是等了两天", `solved 4 "态度很好，就是等了两天"`},
		{"可以了 ５", `solved 5 ""`},
		{"solved 5 Very quick, Thank you", `solved 5 "Very quick, Thank you"`},
		{"It works now, 5/5", `solved 5 ""`},
		{"已解决\n\n5\n\n张三", `solved 5 ""`},
		{"5分，已解决", `solved 5 "已解决"`},
		{"5", `other 5 ""`},
		{"5 很快", `other 5 "很快"`},
		{"已解决 2 个问题", `other 0 ""`},
		{"已解决，2台电脑都可以了", `solved 0 ""`},
		{"Solved in 5 minutes", `other 0 ""`},
		{"没解决 1", `unsolved 0 ""`},
		{"4.5", `other 0 ""`},
		{"50%", `other 0 ""`},
		{"3:15", `other 0 ""`},
		{"1、ERP好了\n2、邮箱还是不行", `other 0 ""`},
		{"已解决 5 但是打印机又不行了", `other 5 "但是打印机又不行了"`},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := shown(Read(c.text)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestReadSurvey(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"5", `other 5 ""`},
		{"５", `other 5 ""`},
		{"5分", `other 5 ""`},
		{"５分，很快", `other 5 "很快"`},
		{"五分", `other 5 ""`},
		{"五星好评", `other 5 "好评"`},
		{"4颗星", `other 4 ""`},
		{"5/5", `other 5 ""`},
		{"3/5 It took long", `other 3 "It took long"`},
		{"4 out of 5", `other 4 ""`},
		{"⭐⭐⭐⭐⭐", `other 5 ""`},
		{"★★★☆☆ 一般", `other 3 "一般"`},
		{"★★★★★★", `other 0 "★★★★★★"`},
		{"⭐️⭐️⭐️ ok", `other 3 "ok"`},
		{"5️⃣", `other 5 ""`},
		{"4 stars, thanks", `other 4 "thanks"`},
		{"满分", `other 5 ""`},
		{"给5分", `other 5 ""`},
		{"我打 4 分，处理及时", `other 4 "处理及时"`},
		{"评分：5", `other 5 ""`},
		{"Score: 4", `other 4 ""`},
		{"I'd give 5", `other 5 ""`},
		{"5 处理得很快，谢谢李伟！", `other 5 "处理得很快，谢谢李伟！"`},
		{"5\n很快", `other 5 "很快"`},
		{"您好，\n5\n服务很好\n张三", `other 5 "服务很好"`},
		{"很快，5分", `other 5 "很快，5分"`},
		{"处理得很快，我给5分", `other 5 "处理得很快，我给5分"`},
		{"很满意 5", `other 5 "很满意 5"`},
		{"1 Slow. Two days of waiting", `other 1 "Slow. Two days of waiting"`},
		{"2，等了5天", `other 2 "等了5天"`},
		{"2 又不行了", `unsolved 2 "又不行了"`},
		{"3 不过问题又出现了", `unsolved 3 "不过问题又出现了"`},
		{"非常满意", `other 5 "非常满意"`},
		{"非常满意，谢谢！", `other 5 "非常满意，谢谢！"`},
		{"Very satisfied, thank you", `other 5 "Very satisfied, thank you"`},
		{"非常不满意", `other 1 "非常不满意"`},
		{"满意", `thanks 0 "满意"`},
		{"不满意", `other 0 "不满意"`},
		{"一般", `other 0 "一般"`},
		{"等了 5 天才好", `other 0 "等了 5 天才好"`},
		{"5分钟就好了", `other 0 "5分钟就好了"`},
		{"三分之一的电脑好了", `other 0 "三分之一的电脑好了"`},
		{"速度 5 分，态度 3 分", `other 0 "速度 5 分，态度 3 分"`},
		{"6", `other 0 "6"`},
		{"10分", `other 0 "10分"`},
		{"0", `other 0 "0"`},
		{"谢谢", `thanks 0 "谢谢"`},
		{"问题解决了，5分", `solved 5 "问题解决了，5分"`},
		{"还是不行", `unsolved 0 "还是不行"`},
		{"", `empty 0 ""`},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := shown(ReadSurvey(c.text)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func shown(a Answer) string { return fmt.Sprintf("%s %d %q", a.Meaning, a.Score, a.Comment) }

func TestLongTexts(t *testing.T) {
	details := strings.Repeat("我们部门的同事昨天一起把会议室的几台设备换到了新的位置。", 20)
	for _, c := range []struct {
		name, text string
		want       Meaning
	}{
		{"first clause clear, details behind", "已解决\n\n" + details, Solved},
		{"first clause clear, contradicted far below", "已解决\n\n" + details + "\n打印机还是不行", Other},
		{"solved at the end", details + "已解决", Other},
		{"unsolved first", "还是不行。" + details, Unsolved},
		{"unsolved at the end", details + "还是不行", Other},
		{"beyond what is read", "已解决\n" + strings.Repeat(details, 20), Other},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Read(c.text).Meaning; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestWordsAreForTheRecord(t *testing.T) {
	for text, want := range map[string]string{
		"李伟你好，ERP 登录正常了，谢谢。":   "ERP 登录正常了",
		"謝謝，已解決！":              "已解決",
		"Sorry, Still Broken.": "Still Broken",
		"好的，谢谢":                "好的",
		"请看附件":                 "",
	} {
		if got := Read(text).Words; got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
