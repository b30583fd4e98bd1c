/**
 * The command line of the agent's jar. Each subcommand is one class.
 *
 * <p>It may use {@code agent.options}, picocli and Bouncy Castle.
 */
package org.almosttls.agent.cli;
