package tickets

// Category is the kind of problem by DOMAIN.md's seven keys; "" before it is sorted.
type Category string

// The categories of DOMAIN.md's table.
const (
	Hardware   Category = "hardware"
	Software   Category = "software"
	Network    Category = "network"
	Account    Category = "account"
	Security   Category = "security"
	Request    Category = "request"
	Consulting Category = "consulting"
)

// Categories returns the seven categories in DOMAIN.md's order.
func Categories() []Category {
	return []Category{Hardware, Software, Network, Account, Security, Request, Consulting}
}

var categoryNames = map[Category]words{
	Hardware:   {"硬件故障类", "Hardware fault"},
	Software:   {"软件问题类", "Software problem"},
	Network:    {"网络连接类", "Network connection"},
	Account:    {"账户权限类", "Account and permission"},
	Security:   {"安全事件类", "Security incident"},
	Request:    {"服务请求类", "Service request"},
	Consulting: {"咨询培训类", "Consulting and training"},
}

// Valid reports whether c is one of the seven.
func (c Category) Valid() bool { return categoryNames[c] != words{} }

// Name is the category as DOMAIN.md names it in a language, English for any but Chinese; the key when it is unknown.
func (c Category) Name(lang Language) string {
	if name, ok := categoryNames[c]; ok {
		return name.in(lang)
	}
	return string(c)
}
