/**
 * The checks that hold the code to its own layout and budgets: sources as the compiler's trees, arrows as jdeps sees
 * them. They look at every module, and the other modules' tests use them too.
 * May use the JDK only.
 */
package org.almosttls.house;
