/**
 * A chat of lines over {@code SSLSocket}: a server with a thread per client, and a client for the terminal. What one
 * says, all see, the speaker too; the first line a client sends is its name.
 *
 * <p>It uses the JDK only.
 */
package sample.linechat;
