/**
 * What the user asked of the agent. One table says which words there are; parsing, checking and the help text come
 * from it.
 *
 * <p>May use nothing of ours.
 */
package org.almosttls.agent.options;
