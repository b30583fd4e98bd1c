/**
 * The server's side of the hellos: {@code WaitClientHello} judges the offer and chooses the version.
 * May use the families' server rooms and all that they may use.
 *
 * <pre>
 * WaitClientHello ──ClientHello (1.3)→ tls13.server.WaitNegotiation
 *                 ──ClientHello (1.2)→ tls12.server.WaitSelection
 * </pre>
 */
package org.almosttls.handshake.hello.server;
