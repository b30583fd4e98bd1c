/**
 * What the agent tells: each session through the provider's listeners, and its own troubles, each once. Where and
 * how is the options' choice.
 *
 * <p>May use {@code agent.options} and, of the provider, {@code trace} and {@code event}.
 */
package org.almosttls.agent.report;
