/**
 * A small site on Jetty, over HTTP/2 or HTTP/1.1 as client and server agree by ALPN. It serves a page about the
 * connection, and an echo.
 *
 * <p>It uses the JDK and Jetty.
 */
package sample.jettysite;
