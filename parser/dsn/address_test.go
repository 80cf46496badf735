package dsn

import (
	"slices"
	"testing"
)

func TestAddressesIn(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"in brackets", "<zhangsan@corp.example>:", []string{"zhangsan@corp.example"}},
		{"end of a sentence", "sent to zhangsan@corp.example.", []string{"zhangsan@corp.example"}},
		{"typed", "RFC822=zhangsan@corp.example", []string{"zhangsan@corp.example"}},
		{"in quotes", "'zhangsan@corp.example'", []string{"zhangsan@corp.example"}},
		{"Chinese without spaces", "发送到zhangsan@corp.example失败", []string{"zhangsan@corp.example"}},
		{"quoted local part", `to "zhang san"@corp.example`, []string{`"zhang san"@corp.example`}},
		{"internationalised", "<张三@公司.example>", []string{"张三@公司.example"}},
		{"subaddress", "a+b=c@corp.example,d@corp.example", []string{"a+b=c@corp.example", "d@corp.example"}},
		{"no address", "@ a@ @b <@> 5 @ 3", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := addressesIn(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("addressesIn(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
