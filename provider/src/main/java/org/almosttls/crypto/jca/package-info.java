/**
 * The primitives from the JDK's own cryptography architecture, whichever providers the JVM has.
 * The only room that imports {@code javax.crypto}.
 * May use {@code crypto}, {@code registry} and {@code alert}.
 */
package org.almosttls.crypto.jca;
