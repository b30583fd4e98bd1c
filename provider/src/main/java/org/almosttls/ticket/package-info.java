/**
 * RFC 5077 §4: what a server writes into its session tickets, and under which keys, so that nobody else can read or make
 * one.
 * Knows no connection and no file; keys, clock and randomness are lent.
 * May use {@code config}, {@code crypto}, {@code wire}, {@code registry} and {@code alert}.
 */
package org.almosttls.ticket;
