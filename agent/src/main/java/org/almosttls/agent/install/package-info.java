/**
 * The agent at work: it sets the hooks when the JVM starts, and makes our provider when the application first uses
 * TLS. It lives, like all below, in the agent's own class loader.
 *
 * <p>May use {@code agent.boot}, {@code agent.choice}, {@code agent.hook}, {@code agent.observe}, {@code agent.options},
 * {@code agent.report}, {@code agent.upgrade}, the provider, and Byte Buddy.
 */
package org.almosttls.agent.install;
