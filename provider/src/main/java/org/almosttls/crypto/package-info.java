/**
 * Cryptography as TLS needs it: secrets with one owner, and the primitives as interfaces that a backend provides.
 * Nothing here computes; which implementation serves an operation is chosen per operation.
 * May use {@code registry} and {@code alert}.
 */
package org.almosttls.crypto;
