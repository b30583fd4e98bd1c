/**
 * The connection: a value that eats network bytes and yields application bytes, network bytes and events.
 * It performs what the states of the handshake want, and is the only place that answers a violation; it knows no
 * socket, no file and no message.
 * May use {@code handshake} and {@code handshake.hello}, {@code event}, {@code config}, {@code record}, {@code message},
 * {@code registry} and {@code alert}.
 */
package org.almosttls.engine;
