/**
 * The handshake messages, one record each with its two directions, and ChangeCipherSpec, which stands beside them.
 * Bodies hold neither arithmetic nor checks of meaning: what a message means is judged by the state that awaits it.
 * May use {@code extension}, {@code wire}, {@code registry} and {@code alert}.
 */
package org.almosttls.message;
