/**
 * The door of the agent's jar, loaded by the application's class loader. It finds the jar, opens the agent's own
 * class loader and jumps into it.
 *
 * <p>May use {@code agent.boot} and nothing else of ours.
 */
package org.almosttls.agent;
