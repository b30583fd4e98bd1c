/**
 * A small HTTPS server on the JDK's own {@code HttpsServer}. It serves a page about the connection, an echo, and as many
 * bytes as one likes.
 *
 * <p>It uses the JDK only.
 */
package sample.httpsserver;
