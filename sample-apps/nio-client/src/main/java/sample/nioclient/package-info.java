/**
 * An HTTPS client from scratch: one {@code SSLEngine} over one {@code SocketChannel}, driven by a {@code Selector}.
 * {@code TlsChannel} is the part to read; {@code Wire} below it moves bytes, {@code HttpAnswer} above it reads HTTP.
 *
 * <p>It uses the JDK only.
 */
package sample.nioclient;
