/**
 * What libraries in the agent's jar have in the place of {@code java.util.logging}, which they would start before the
 * application does, and for good.
 *
 * <p>May use nothing of ours.
 */
package org.almosttls.agent.quiet;
