package reply

// formLabels are the lines of the registration form (问题反馈登记表), in lower case.
var formLabels = map[string]bool{
	"反馈人": true, "所属部门": true, "联系方式": true, "问题描述": true, "问题发生时间": true, "影响范围": true, "严重程度": true, "问题分类": true, "工号": true,
	"操作步骤": true, "错误提示": true, "设备/版本": true, "频率": true, "已尝试": true,
	"requester": true, "department": true, "description": true, "occurred at": true, "impact": true, "severity": true, "category": true, "staff number": true,
}
