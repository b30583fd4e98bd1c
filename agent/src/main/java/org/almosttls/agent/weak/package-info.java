/**
 * What we know of objects of others, which may gain no field of ours and are not kept alive by us.
 *
 * <p>May use nothing of ours.
 */
package org.almosttls.agent.weak;
