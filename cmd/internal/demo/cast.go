package demo

import (
	"maildesk/cmd/internal/postoffice"
	"maildesk/tickets"
)

const (
	domain      = "corp.example"
	deskAddress = "helpdesk@corp.example"
)

// person is somebody who works at corp.example and has an account at its post office.
type person struct {
	Name     string
	Address  string
	Language tickets.Language
	Position string // the second line of the signature, "" for none
	full     bool   // the mailbox takes no more mail
}

// The cast.
var (
	zhangSan  = person{Name: "张三", Address: "zhangsan@corp.example", Language: tickets.Chinese, Position: "市场部 13800000000"}
	johnSmith = person{Name: "John Smith", Address: "john.smith@corp.example", Language: tickets.English, Position: "Sales, ext. 4417"}
	liNa      = person{Name: "李娜", Address: "lina@corp.example", Language: tickets.Chinese}
	zhangJie  = person{Name: "张㛃", Address: "zhangjie@corp.example", Language: tickets.Chinese}
	wangLei   = person{Name: "王磊", Address: "wanglei@corp.example", Language: tickets.Chinese}
	chenJing  = person{Name: "陈静", Address: "chenjing@corp.example", Language: tickets.Chinese}
	zhaoMin   = person{Name: "赵敏", Address: "zhaomin@corp.example", Language: tickets.Chinese, full: true}

	// Of IT: two technicians and their manager.
	liWei      = person{Name: "李伟", Address: "liwei@corp.example", Language: tickets.Chinese, Position: "IT 服务台 分机 8001"}
	maryWilson = person{Name: "Mary Wilson", Address: "mary.wilson@corp.example", Language: tickets.English, Position: "IT Service Desk, ext. 8002"}
	wangFang   = person{Name: "王芳", Address: "wangfang@corp.example", Language: tickets.Chinese, Position: "IT 负责人 分机 8000"}
)

var cast = []person{zhangSan, johnSmith, liNa, zhangJie, wangLei, chenJing, zhaoMin, liWei, maryWilson, wangFang}

// accounts are those at the post office: the desk's and the cast's.
func accounts() []postoffice.Account {
	all := []postoffice.Account{{Address: deskAddress}}
	for _, p := range cast {
		all = append(all, postoffice.Account{Address: p.Address, Full: p.full})
	}
	return all
}

// nameOf is how the terminal calls an address, "" being the post office.
func nameOf(address string) string {
	switch {
	case address == "":
		return "the post office"
	case tickets.SameAddress(address, deskAddress):
		return "the desk"
	}
	for _, p := range cast {
		if tickets.SameAddress(p.Address, address) {
			return p.Name
		}
	}
	return address
}
