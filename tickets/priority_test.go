package tickets_test

import (
	"testing"

	"maildesk/tickets"
)

// named is what categories, priorities and severities have in common.
type named interface {
	Name(tickets.Language) string
	Valid() bool
}

func TestNames(t *testing.T) {
	for _, tc := range []struct {
		value            named
		chinese, english string
		valid            bool
	}{
		{tickets.Hardware, "硬件故障类", "Hardware fault", true},
		{tickets.Software, "软件问题类", "Software problem", true},
		{tickets.Network, "网络连接类", "Network connection", true},
		{tickets.Account, "账户权限类", "Account and permission", true},
		{tickets.Security, "安全事件类", "Security incident", true},
		{tickets.Request, "服务请求类", "Service request", true},
		{tickets.Consulting, "咨询培训类", "Consulting and training", true},
		{tickets.Category("hardwear"), "hardwear", "hardwear", false},
		{tickets.Category(""), "", "", false},
		{tickets.P0, "P0 紧急", "P0 urgent", true},
		{tickets.P1, "P1 高", "P1 high", true},
		{tickets.P2, "P2 中", "P2 medium", true},
		{tickets.P3, "P3 低", "P3 low", true},
		{tickets.Priority("P4"), "P4", "P4", false},
		{tickets.Priority(""), "", "", false},
		{tickets.Severe, "严重", "severe", true},
		{tickets.Moderate, "一般", "moderate", true},
		{tickets.Minor, "轻微", "minor", true},
		{tickets.Severity("high"), "high", "high", false},
		{tickets.Severity(""), "", "", false},
	} {
		t.Run(tc.english, func(t *testing.T) {
			if got := tc.value.Name(tickets.Chinese); got != tc.chinese {
				t.Errorf("in Chinese %q, want %q", got, tc.chinese)
			}
			if got := tc.value.Name(tickets.English); got != tc.english {
				t.Errorf("in English %q, want %q", got, tc.english)
			}
			if tc.value.Valid() != tc.valid {
				t.Errorf("valid: %t", tc.value.Valid())
			}
		})
	}
}

func TestListsAreWhole(t *testing.T) {
	var all []named
	for _, c := range tickets.Categories() {
		all = append(all, c)
	}
	for _, p := range tickets.Priorities() {
		all = append(all, p)
	}
	for _, s := range tickets.Severities() {
		all = append(all, s)
	}
	seen := map[named]bool{}
	for _, v := range all {
		if !v.Valid() {
			t.Errorf("%v is listed and not valid", v)
		}
		seen[v] = true
	}
	if len(seen) != 7+4+3 {
		t.Errorf("%d values, want 14: %v", len(seen), all)
	}
}
