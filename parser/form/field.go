package form

import (
	"strings"

	"maildesk/tickets"
)

// Keys of the fields that a requester fills in, in the order of the form.
const (
	Requester    = "requester"
	StaffNumber  = "staff_number"
	Department   = "department"
	Phone        = "phone"
	Description  = "description"
	OccurredAt   = "occurred_at"
	Impact       = "impact"
	Severity     = "severity"
	Category     = "category"
	Steps        = "steps"
	ErrorMessage = "error_message"
	Device       = "device"
	Frequency    = "frequency"
	Tried        = "tried"
)

// field is a line of the form.
type field struct {
	key     string
	chinese string // the name that Blank writes
	english string
	others  string // what people write instead, in lower case, separated by |
	hint    hint   // in parentheses behind the name
	long    bool   // the value may take several lines
	ours    bool   // IT fills it in: it alone makes no form, and Blank leaves it out
}

// hint says how to fill a line in.
type hint struct{ chinese, english string }

var (
	optional   = hint{"选填", "optional"}
	example    = hint{"如 2023-11-15 09:30", "such as 2023-11-15 09:30"}
	severities = hint{"严重/一般/轻微", "severe/moderate/minor"}
	categories = hint{"硬件/软件/网络/账户权限/安全事件/服务请求/咨询培训", "hardware/software/network/account/security/request/consulting"}
)

// fields are DOMAIN.md's.
var fields = []field{
	{key: Requester, chinese: "反馈人", english: "Requester",
		others: "姓名|反馈人姓名|报修人|申请人|提交人|反馈者|name|full name|your name|reporter|reported by|requested by|requester name"},
	{key: StaffNumber, chinese: "工号", english: "Staff number", hint: optional,
		others: "员工号|员工编号|员工工号|staff no|staff no.|staff id|employee id|employee number|employee no|employee no."},
	{key: Department, chinese: "所属部门", english: "Department", others: "部门|单位|所在部门|dept|dept.|team|your department"},
	{key: Phone, chinese: "联系方式", english: "Phone",
		others: "联系电话|电话|手机|手机号|手机号码|电话号码|分机|分机号|contact|contact number|phone number|telephone|tel|tel.|mobile|extension"},
	{key: Description, chinese: "问题描述", english: "Description", long: true,
		others: "描述|故障描述|问题|问题现象|故障现象|现象|问题详情|详细描述|问题说明|problem|problem description|issue|issue description|describe the problem|symptom|symptoms|details|what happened"},
	{key: OccurredAt, chinese: "问题发生时间", english: "Occurred at", hint: example,
		others: "发生时间|故障时间|故障发生时间|出现时间|首次发生时间|发现时间|occurred|occurred on|time of occurrence|date of occurrence|first noticed|first seen|when did it happen|when did it start|started at|since"},
	{key: Impact, chinese: "影响范围", english: "Impact", long: true,
		others: "影响|影响业务|业务影响|受影响范围|影响人数|business impact|affected|affected business|who is affected|scope"},
	{key: Severity, chinese: "严重程度", english: "Severity", hint: severities, others: "严重性|严重级别|严重等级|紧急程度|how severe|urgency"},
	{key: Category, chinese: "问题分类", english: "Category", hint: categories, others: "分类|问题类型|问题类别|类别|故障类型|problem category|problem type|type of problem|issue type"},
	{key: Steps, chinese: "操作步骤", english: "Steps", hint: optional, long: true,
		others: "步骤|操作过程|重现步骤|复现步骤|steps to reproduce|steps before it|steps taken before|reproduction steps|how to reproduce"},
	{key: ErrorMessage, chinese: "错误提示", english: "Error message", hint: optional, long: true,
		others: "报错|报错信息|错误信息|错误消息|提示信息|错误代码|报错内容|exact error message|error text|error code|message shown"},
	{key: Device, chinese: "设备/版本", english: "Device or version", hint: optional, long: true,
		others: "设备|版本|设备版本|设备型号|设备或系统|设备/系统|系统版本|软件版本|设备及版本|设备名称|电脑型号|device|device/version|device / version|device and version|device or system|device or system and version|system|system and version|software version|computer"},
	{key: Frequency, chinese: "频率", english: "Frequency", hint: optional,
		others: "发生频率|出现频率|频次|持续时间|频率和持续时间|frequency and duration|how often|how often does it happen|duration"},
	{key: Tried, chinese: "已尝试", english: "Already tried", hint: optional, long: true,
		others: "已尝试的方法|已尝试的操作|已尝试措施|已尝试方法|尝试过的方法|已做处理|已采取措施|tried|what was tried|what was already tried|what you have tried|what have you tried|steps already taken|attempted"},

	{key: "number", chinese: "问题编号", english: "Ticket number", others: "编号|工单号|工单编号|ticket|ticket no|ticket no.|ticket id", ours: true},
	{key: "priority", chinese: "优先级", english: "Priority", ours: true},
	{key: "assignee", chinese: "处理人", english: "Assignee", others: "assigned to", ours: true},
	{key: "group", chinese: "处理组", english: "Group", ours: true},
	{key: "status", chinese: "状态", english: "Status", others: "问题状态", ours: true},
	{key: "diagnosis", chinese: "问题诊断", english: "Diagnosis", others: "诊断|原因分析|root cause", long: true, ours: true},
	{key: "workaround", chinese: "临时解决方案", english: "Workaround", others: "临时方案", long: true, ours: true},
	{key: "fix", chinese: "永久解决方案", english: "Fix", others: "永久方案|解决方案|solution", long: true, ours: true},
	{key: "prevention", chinese: "预防措施", english: "Prevention", others: "预防", long: true, ours: true},
	{key: "work_record", chinese: "处理记录", english: "Work record", long: true, ours: true},
	{key: "verification", chinese: "验证测试", english: "Verification", others: "验证", long: true, ours: true},
	{key: "satisfaction", chinese: "满意度评价", english: "Satisfaction", others: "满意度", ours: true},
}

// title is the line above the empty form. In a quote, only what stands below it counts.
var title = hint{"问题反馈登记表", "Problem report form"}

// names find the field of a label.
var names = func() map[string]*field {
	index := map[string]*field{}
	for i := range fields {
		f := &fields[i]
		index[f.chinese], index[strings.ToLower(f.english)] = f, f
		for other := range strings.SplitSeq(f.others, "|") {
			if other != "" {
				index[other] = f
			}
		}
	}
	return index
}()

// Blank is the empty form in a language: a title and a line per field. With keys it has only those, in the form's order;
// it is what a confirmation asks for when something is missing.
func Blank(lang tickets.Language, keys ...string) string {
	var b strings.Builder
	b.WriteString(title.in(lang) + "\n\n")
	for i := range fields {
		if f := &fields[i]; !f.ours && asked(f.key, keys) {
			b.WriteString(f.line(lang) + "\n")
		}
	}
	return b.String()
}

func asked(key string, keys []string) bool {
	for _, k := range keys {
		if k == key {
			return true
		}
	}
	return len(keys) == 0
}

func (h hint) in(lang tickets.Language) string {
	if lang == tickets.Chinese {
		return h.chinese
	}
	return h.english
}

// line is the field's empty line.
func (f *field) line(lang tickets.Language) string {
	name, open, shut, colon := f.english, " (", ")", ":"
	if lang == tickets.Chinese {
		name, open, shut, colon = f.chinese, "（", "）", "："
	}
	if hint := f.hint.in(lang); hint != "" {
		name += open + hint + shut
	}
	return name + colon
}
