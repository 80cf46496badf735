package parser

import (
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

// ownResults are the Authentication-Results of our server's own block. Servers write it on top of the Received field
// of the hop that brought the mail in, or, like Gmail, right below it; so what counts is all above that field,
// past our own inner hops, and only if there is none the first field below it.
func ownResults(h header, authservID string) []string {
	var above []string
	for i, f := range h.fields {
		switch {
		case strings.EqualFold(f.name, "Authentication-Results"):
			if value := h.text(f); isFrom(value, authservID) {
				above = append(above, value)
			}
		case strings.EqualFold(f.name, "Received"):
			from, by := receivedHosts(h.text(f))
			if !sameOrganization(by, authservID) {
				return above
			}
			if from == "" || sameOrganization(from, authservID) {
				continue // a hop inside our own servers
			}
			if above == nil {
				above = resultBelow(header{fields: h.fields[i+1:]}, authservID)
			}
			return above
		}
	}
	return above
}

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

// receivedHosts returns the hosts after "from" and "by" in a Received field (RFC 5321 4.4). The host that from names
// is what the other side said of itself.
func receivedHosts(value string) (from, by string) {
	words := strings.Fields(dropComments(value))
	for i := 0; i+1 < len(words); i++ {
		switch host := strings.Trim(strings.ToLower(words[i+1]), ".;[]"); strings.ToLower(words[i]) {
		case "from":
			if from == "" && i == 0 {
				from = host
			}
		case "by":
			if by == "" {
				by = host
			}
		}
	}
	return from, by
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
