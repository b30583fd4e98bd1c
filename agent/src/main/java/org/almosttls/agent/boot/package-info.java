/**
 * The bridge between advice in classes of others and the agent. It lives in the bootstrap class loader, so it
 * speaks in types of {@code java.base} only.
 *
 * <p>May use nothing of ours.
 */
package org.almosttls.agent.boot;
