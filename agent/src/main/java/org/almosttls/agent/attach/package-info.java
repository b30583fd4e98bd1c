/**
 * The agent's coming and going: with the JVM or attached to one that runs, asked for its state, changed, and taken out
 * again without a trace.
 *
 * <p>May use {@code agent.boot}, {@code agent.install}, {@code agent.options} and {@code agent.report}.
 */
package org.almosttls.agent.attach;
