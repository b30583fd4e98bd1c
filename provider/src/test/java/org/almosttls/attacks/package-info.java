/**
 * Attacks that must fail and have no better place, a test for each, named after it. Which test shows which attack is in
 * {@code attacks.rules} beside the rules of the RFCs, and so in the compliance table.
 */
package org.almosttls.attacks;
