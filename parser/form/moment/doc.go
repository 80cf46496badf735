// Package moment reads instants and lengths of time as people write them, in Chinese and English: "昨天下午3点半",
// "last Friday", "1小时30分". What it does not understand wholly it does not guess.
//
// Instants are to the minute, in the zone of the mail that they stand in, and resolved against its Date; there is no
// clock here. It imports tickets/thread.
package moment
