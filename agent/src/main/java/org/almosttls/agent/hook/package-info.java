/**
 * The hooks: one class per hooked type, the matcher above and the advice below. {@code Hooks} is their list.
 *
 * <p>May use {@code agent.boot} and {@code agent.options}, and Byte Buddy.
 */
package org.almosttls.agent.hook;
