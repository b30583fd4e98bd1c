/**
 * Connections that an application has in plaintext, and what becomes of them: they are told of, or they become TLS.
 * Which end a socket is, what its first bytes say, whether a peer speaks TLS, and the streams over it.
 *
 * <p>May use {@code agent.boot}, {@code agent.options} and {@code agent.report}, and the provider by its contexts only.
 */
package org.almosttls.agent.upgrade;
