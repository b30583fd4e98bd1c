/**
 * The command line of the agent's jar. Each subcommand is one class.
 *
 * <p>May use {@code agent.options}, picocli and Bouncy Castle.
 */
package org.almosttls.agent.cli;
