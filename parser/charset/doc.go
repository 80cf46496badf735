// Package charset turns the bytes of a mail into text, whatever their charset is called and whatever it really is.
//
// A declared charset is believed first; only a strict UTF-8 check overrides it, for that is the one test that bytes
// of another charset practically never pass. Bytes that declare nothing are UTF-8 when they can be, else what their
// statistics say, else GB18030 for pairs of high bytes and windows-1252 for lone ones. All GB labels mean GB18030,
// their common superset, and ISO-8859-1 means windows-1252, as mail clients write them.
//
// Nothing here fails: an unknown label is treated as none, and bytes that no charset explains become U+FFFD.
// The results are always valid UTF-8.
//
// It imports nothing of ours. Standards: RFC 2047 (encoded words), 2231 (parameters), 1842 and 1843 (HZ), 1468, 1554
// and 1557 (ISO-2022), 2152 (UTF-7), 2781 (UTF-16).
package charset
