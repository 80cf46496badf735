package parser

// noteSecurity says in the warnings what a secured multipart is (RFC 1847): nothing is verified or decrypted here.
func (c *content) noteSecurity(p *part) {
	protocol := p.content.get("protocol")
	switch {
	case p.is("multipart/encrypted"):
		c.warn("encrypted (%s): the content cannot be read", first(protocol, "unknown protocol"))
	case protocol == "application/pgp-signature":
		c.warn("signed with OpenPGP: the signature is not verified")
	default:
		c.warn("signed with S/MIME: the signature is not verified")
	}
}

// unwrap takes in a part that is a container of its own kind; false when it is none, or one that cannot be opened.
func (c *content) unwrap(p *part, shown bool) bool {
	switch {
	case isTNEF(p):
		return c.unwrapTNEF(p, shown)
	case isOpaque(p):
		return c.unwrapSMIME(p, shown)
	}
	return false
}
