/**
 * The JSSE face: contexts, engines, sockets, sessions and factories that callers know, over one and the same connection.
 * It translates words, buffers, callbacks and exceptions, and knows no message, no key and no version.
 * May use {@code api}, {@code engine}, {@code event}, {@code store}, {@code ticket}, {@code config}, {@code crypto}, {@code registry} and
 * {@code alert}.
 */
package org.almosttls.jsse;
