// Package tnef reads winmail.dat: the container in which Outlook and Exchange wrap a mail's rich body and its
// attachments (Transport Neutral Encapsulation Format, MS-OXTNEF; properties MS-OXPROPS; compressed RTF MS-OXRTFCP;
// HTML inside RTF MS-OXRTFEX).
//
// It takes the whole file as bytes and returns slices of it; what is cut short or damaged is read as far as it goes.
// It imports parser/charset only.
package tnef
