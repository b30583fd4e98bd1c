/**
 * Connections that an application has in plaintext, and what becomes of them: they are told of, or they become TLS.
 * Which end a socket is, what its first bytes say, whether a peer speaks TLS, and the streams over it.
 *
 * <p>May use {@code agent.boot}, {@code agent.options}, {@code agent.report} and {@code agent.weak}, and the provider by its contexts
 * only.
 */
package org.almosttls.agent.upgrade;
