package tickets

import "strings"

// Language is a language that the desk writes.
type Language string

// The languages of the templates.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// Address is a mailbox and the name that goes with it. The address is compared with SameAddress.
type Address struct {
	Name    string
	Address string
}

// Person is someone the desk knows, by address.
type Person struct {
	Name        string
	Address     string
	StaffNumber string
	Department  string
	Phone       string
	Language    Language // of their newest human mail with enough prose, "" when not known
	Manager     string   // the address of their own manager, as the directory has it; "" when not known. No ticket keeps it.
}

// Mailbox is the person's name and address alone.
func (p Person) Mailbox() Address { return Address{Name: p.Name, Address: p.Address} }

// AddressKey is the form of an address under which it is stored and compared. Local parts are case-sensitive by
// RFC 5321 2.4, but no mail system that staff use tells Zhang@ from zhang@.
func AddressKey(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

// SameAddress reports whether two addresses are one mailbox.
func SameAddress(a, b string) bool { return AddressKey(a) == AddressKey(b) }
