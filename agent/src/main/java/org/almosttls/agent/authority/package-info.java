/**
 * Certificates for an hour, for the demo and the lab. What is made here is trusted by nobody else.
 *
 * <p>May use Bouncy Castle.
 */
package org.almosttls.agent.authority;
