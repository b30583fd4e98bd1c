/**
 * The command line of the agent's jar. Each subcommand is one class.
 *
 * <p>May use {@code agent.options}, {@code agent.attach}, {@code agent.authority}, {@code agent.lab} and picocli.
 */
package org.almosttls.agent.cli;
