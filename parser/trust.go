package parser

import (
	"net/netip"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"
)

// readProof reads what our own server, authservID, recorded of the sender (RFC 8601). Fields of the same name further
// down came with the mail and prove nothing; where they begin is what ownResults decides.
func readProof(h header, m *Message, authservID string) Proof {
	var p Proof
	if authservID == "" {
		return p
	}
	domain := domainOf(m.From.Address)
	for _, value := range ownResults(h, authservID) {
		_, results, err := authres.Parse(value)
		if err != nil && len(results) == 0 {
			continue
		}
		for _, result := range results {
			p.add(result, domain)
		}
	}
	if m.Froms != 1 {
		p.Aligned = false
	}
	return p
}

// ownResults are the Authentication-Results of our server's own block: all above the Received field of the hop that
// brought the mail in, past our own inner hops. What stands below came with the mail.
func ownResults(h header, authservID string) []string {
	var above []string
	for i, f := range h.fields {
		switch {
		case strings.EqualFold(f.name, "Authentication-Results"):
			if value := h.text(f); isFrom(value, authservID) {
				above = append(above, value)
			}
		case strings.EqualFold(f.name, "Received"):
			hop := readHop(h.text(f))
			ofGoogle := strings.EqualFold(authservID, google)
			if ofGoogle && strings.HasPrefix(hop.by, googleInner) {
				continue
			}
			if !sameOrganization(hop.by, authservID) {
				return above
			}
			if hop.inner {
				continue
			}
			if ofGoogle {
				return append(above, resultBelow(header{fields: h.fields[i+1:]}, authservID)...)
			}
			return above
		}
	}
	return above
}

// google is the one service that writes its results right below its entry hop. It takes forged ones of its name out.
// Its inner hops name an address as their server.
const (
	google      = "mx.google.com"
	googleInner = "2002:"
)

// resultBelow is the first Authentication-Results before the next Received, if it is ours.
func resultBelow(h header, authservID string) []string {
	for _, f := range h.fields {
		switch {
		case strings.EqualFold(f.name, "Received"):
			return nil
		case strings.EqualFold(f.name, "Authentication-Results"):
			if value := h.text(f); isFrom(value, authservID) {
				return []string{value}
			}
			return nil
		}
	}
	return nil
}

func isFrom(value, authservID string) bool {
	id, _, _ := strings.Cut(value, ";")
	if words := strings.Fields(id); len(words) > 0 {
		return strings.EqualFold(words[0], authservID)
	}
	return false
}

// hop is a Received field (RFC 5321 4.4).
type hop struct {
	by    string // the server that wrote it
	inner bool   // one of our servers handed the mail to another, or to itself
}

// readHop tells an inner hop by the address that the server saw, the last one in brackets, and by the name after
// "from". The name alone proves nothing: it is what the other side says of itself, and anybody can say ours.
func readHop(value string) hop {
	words := strings.Fields(value)
	if len(words) < 2 || !strings.EqualFold(words[0], "from") || local(words) {
		return hop{by: byHost(words), inner: true}
	}
	h := hop{by: byHost(words)}
	address, seen := seenAddress(words)
	switch {
	case !seen:
	case address.IsLoopback():
		h.inner = true
	case address.IsPrivate() || address.IsLinkLocalUnicast():
		h.inner = sameOrganization(strings.Trim(words[1], ".;[]()"), h.by)
	}
	return h
}

// local reports whether the mail came by LMTP (RFC 2033), which no server speaks with strangers.
func local(words []string) bool {
	for i, word := range words {
		if strings.EqualFold(word, "with") && i+1 < len(words) {
			return strings.HasPrefix(strings.ToUpper(words[i+1]), "LMTP")
		}
	}
	return false
}

// byHost is the server that wrote the field.
func byHost(words []string) string {
	for i, word := range words {
		if strings.EqualFold(word, "by") && i+1 < len(words) {
			return strings.Trim(strings.ToLower(words[i+1]), ".;[]()")
		}
	}
	return ""
}

// seenAddress is the last address literal before "by".
func seenAddress(words []string) (address netip.Addr, ok bool) {
	for _, word := range words {
		if strings.EqualFold(word, "by") {
			break
		}
		if _, text, bracket := strings.Cut(word, "["); bracket {
			text, _, _ = strings.Cut(text, "]")
			a, err := netip.ParseAddr(strings.TrimPrefix(strings.ToLower(text), "ipv6:"))
			address, ok = a, err == nil
		}
	}
	return address, ok
}

// add takes in one result; the first of its method counts, but for DKIM an aligned pass among several signatures.
func (p *Proof) add(result authres.Result, domain string) {
	switch r := result.(type) {
	case *authres.DMARCResult:
		if p.DMARC == "" && (r.From == "" || strings.EqualFold(domainOf("@"+r.From), domain)) {
			p.DMARC = string(r.Value)
		}
	case *authres.DKIMResult:
		signer := r.Domain
		if signer == "" {
			signer = domainOf(r.Identifier)
		}
		pass := r.Value == authres.ResultPass
		aligned := pass && sameOrganization(signer, domain)
		if p.DKIM == "" || aligned {
			p.DKIM = string(r.Value)
		}
		p.Aligned = p.Aligned || aligned
	case *authres.SPFResult:
		if p.SPF == "" {
			p.SPF = string(r.Value)
			p.Aligned = p.Aligned || r.Value == authres.ResultPass && sameOrganization(domainOf("@"+r.From), domain)
		}
	}
}

// domainOf returns what stands behind the last @, in lower case.
func domainOf(address string) string {
	return strings.ToLower(strings.Trim(address[strings.LastIndexByte(address, '@')+1:], " <>."))
}

// sameOrganization reports relaxed alignment (RFC 7489 3.1.1): equal organizational domains.
func sameOrganization(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	orgA, errA := publicsuffix.EffectiveTLDPlusOne(a)
	orgB, errB := publicsuffix.EffectiveTLDPlusOne(b)
	return errA == nil && errB == nil && orgA == orgB
}
