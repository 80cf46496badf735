package thread

import (
	"bufio"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// tokenBytes is the length of a token: 80 bits, 16 letters of base32.
const tokenBytes = 10

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Key is one secret of the secret file, under a name that tells it from its successors.
type Key struct {
	ID     string
	secret []byte
}

// Keys are the secrets of a desk: the first signs, all verify, so that a key can be changed without breaking the
// mails that are out.
type Keys []Key

// NewKey makes a key from the system's random source.
func NewKey(id string) (Key, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return Key{}, fmt.Errorf("make key: %w", err)
	}
	return Key{ID: id, secret: secret}, nil
}

// Line is the key as it stands in the secret file.
func (k Key) Line() string { return k.ID + " " + base64.StdEncoding.EncodeToString(k.secret) }

// LoadKeys reads a secret file: a line "ID BASE64" per key, the signing key first; # begins a comment.
func LoadKeys(path string) (Keys, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("secret file: %w", err)
	}
	defer f.Close()
	keys, err := readKeys(f)
	if err != nil {
		return nil, fmt.Errorf("secret file %s: %w", path, err)
	}
	return keys, nil
}

func readKeys(r io.Reader) (Keys, error) {
	var keys Keys
	scanner := bufio.NewScanner(r)
	for n := 1; scanner.Scan(); n++ {
		line := strings.TrimSpace(scanner.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, text, _ := strings.Cut(line, " ")
		secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
		if err != nil || len(secret) < 32 {
			return nil, fmt.Errorf("line %d: want \"ID BASE64\" with 32 random bytes or more", n)
		}
		keys = append(keys, Key{ID: id, secret: secret})
	}
	if err := scanner.Err(); err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("no key in it; restore it from your backup, or let maildesk init make one")
	}
	return keys, nil
}

// Token proves that we wrote to recipient about an entry of a ticket, for one purpose ("" in a Message-ID).
func (keys Keys) Token(number string, entry int64, recipient, purpose string) string {
	return keys[0].token(number, entry, recipient, purpose)
}

// Verify reports whether token is one that any of the keys gave for exactly these.
func (keys Keys) Verify(token, number string, entry int64, recipient, purpose string) bool {
	for _, key := range keys {
		if hmac.Equal([]byte(token), []byte(key.token(number, entry, recipient, purpose))) {
			return true
		}
	}
	return false
}

func (k Key) token(number string, entry int64, recipient, purpose string) string {
	mac := hmac.New(sha256.New, k.secret)
	fmt.Fprintf(mac, "maildesk token\x00%s\x00%d\x00%s\x00%s", number, entry, strings.ToLower(recipient), purpose)
	return base32Lower.EncodeToString(mac.Sum(nil)[:tokenBytes])
}

// MessageID is the Message-ID, without angle brackets, of the mail that tells recipient of an entry:
// NUMBER.ENTRY.TOKEN@domain. Its local part is at most 64 octets (RFC 5321 4.5.3.1.1).
func (keys Keys) MessageID(number string, entry int64, recipient, domain string) string {
	return fmt.Sprintf("%s.%d.%s@%s", number, entry, keys.Token(number, entry, recipient, ""), domain)
}

// NoTicket stands in a Message-ID where a number would, when the mail belongs to no ticket; its entry is the ledger's message.
const NoTicket = "desk"

var messageID = regexp.MustCompile(`(?i)^([a-z]{0,10}\d{11,15}|desk)\.(\d{1,18})\.([a-z2-7]{16})@(.+)$`)

// Ref is what one of our Message-IDs says.
type Ref struct {
	Number string
	Entry  int64
	Token  string
	Domain string
}

// ParseMessageID reads a Message-ID of ours; ok is false for anyone else's. Letter case is forgiven, as some servers
// fold it. It says nothing of the token's truth: see Keys.Verify.
func ParseMessageID(id string) (ref Ref, ok bool) {
	m := messageID.FindStringSubmatch(id)
	if m == nil {
		return Ref{}, false
	}
	entry, err := strconv.ParseInt(m[2], 10, 64)
	if err != nil {
		return Ref{}, false
	}
	number := strings.ToUpper(m[1])
	if strings.EqualFold(number, NoTicket) {
		number = NoTicket
	}
	return Ref{Number: number, Entry: entry, Token: strings.ToLower(m[3]), Domain: m[4]}, true
}
