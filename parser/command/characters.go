package command

import "strings"

// simplified turns the traditional characters of verbs and values into simplified ones, so that the tables name each once.
// The length in bytes stays.
func simplified(text string) string {
	if !strings.ContainsAny(text[:min(len(text), longestChinese*2)], traditional) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if to := toSimplified[r]; to != 0 {
			return to
		}
		return r
	}, text)
}

// traditional and its simplified counterparts, in the same order: the characters of the table's Chinese names
// and of the values.
const (
	traditional = "幫詢狀態確認決評價單級類優級嚴備註復覆轉診斷臨時方永預驗證測試計劃畫駁會關聯開閉郵併報饋庫銷為換間撤處軟網絡賬帳權務請諮訓緊輕戶號"
	simplifieds = "帮询状态确认决评价单级类优级严备注复复转诊断临时方永预验证测试计划划驳会关联开闭邮并报馈库销为换间撤处软网络账帐权务请咨训紧轻户号"
)

var toSimplified = func() map[rune]rune {
	index, to := map[rune]rune{}, []rune(simplifieds)
	for i, r := range []rune(traditional) {
		index[r] = to[i]
	}
	return index
}()

// alike gives characters that input methods and eyes confuse the number of their group.
var alike = func() map[rune]int {
	index := map[rune]int{}
	for i, group := range strings.Fields(confused) {
		for _, r := range group {
			index[r] = i + 1
		}
	}
	return index
}()

// confused are groups of characters that sound or look alike, one of each in a verb.
const confused = `
帮邦绑 助住注驻著 查差茶 询寻讯巡 确却雀 认任人仁 解姐界介 决绝觉诀掘 评平凭苹 价架假加 取曲去 消销肖削 催崔摧 单但蛋担丹 登等灯
接结节街 受收守 理里李 指只纸旨 派排拍牌 转专砖 分份纷 类累泪 优忧幽 级极集急 严言研 重中众 程成城 回会汇悔 复付负副覆复 备被背倍 私思斯 密蜜秘
诊珍真 断段短 临林邻 时是事市 方房放 案暗按 永用涌 久九酒 预遇与育 防妨仿 验研燕 证正政症 待代带 计记寄继 划画化 批披匹 准准淮 驳博搏 审申
关官观管 注助 工公功 截节 止址只 闭毕必避壁 垃拉 圾级 合和盒 并病 拆折差 联连莲 反返饭 馈亏愧 入人 库苦裤 引隐印 用永 外歪 出初 换欢患 班般搬
列烈裂 表标 搜收 索锁所 报抱保 为位未 何和合 撤彻 开凯 打大`
