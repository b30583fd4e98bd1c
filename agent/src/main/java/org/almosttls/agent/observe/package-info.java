/**
 * {@code mode=observe}: what other stacks do, told by the same events as ours. What passes as plaintext is read by our own
 * codecs, what does not is asked of the public API, and what neither tells is named as hidden. Nothing here keeps an
 * engine or a socket alive, or calls what could move a byte.
 *
 * <p>May use {@code agent.boot}, {@code agent.weak} and the provider.
 */
package org.almosttls.agent.observe;
