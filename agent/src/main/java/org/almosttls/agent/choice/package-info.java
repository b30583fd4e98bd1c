/**
 * Two TLS stacks behind one context: for some connections the application gets ours, for others the platform's, as the
 * rules have it.
 *
 * <p>May use {@code agent.options}.
 */
package org.almosttls.agent.choice;
