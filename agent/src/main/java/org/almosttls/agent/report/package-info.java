/**
 * What the agent tells: each session through the provider's listeners, and its own troubles, each once. Where and how is the options' choice.
 *
 * <p>It may use {@code agent.options} and the provider.
 */
package org.almosttls.agent.report;
