/**
 * What things cost. JMH measures, each benchmark in JVMs of its own with and without the agent in turns, and
 * {@code Figures} puts side by side what belongs together.
 *
 * <p>May use whatever an application may.
 */
package org.almosttls.benchmarks;
