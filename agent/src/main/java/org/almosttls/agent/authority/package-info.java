/**
 * Certificates: for an hour, for the demo and the lab, trusted by nobody else; and a small authority in a folder, for
 * connections that are upgraded.
 *
 * <p>May use Bouncy Castle.
 */
package org.almosttls.agent.authority;
