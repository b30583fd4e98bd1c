/**
 * The control suite: what an application sees of JSSE, call by call, tried with the platform's provider as control and
 * with ours. Each theme is one class: an abstract {@code Suite} that extends {@link org.almosttls.control.Control}, and
 * for each {@link org.almosttls.control.Stack} a nested subclass of it, named {@code OfSunJsse} and {@code OfAlmostTls}.
 * Tests that are the same for both versions of TLS are {@link org.almosttls.control.EachVersion}. Where ours differs
 * for a reason, the test says what each does and {@code docs/differences.md} has the reason.
 *
 * <p>Every public method of the JSSE classes is one line in a {@code .contract} file of the test resources:
 * {@code method | tests that show it}, tests as {@code SocketWishesTest.unknownProtocolsAreRefused}; {@code since 20}
 * after a method says that older platforms lack it. {@code ContractTest} fails on a method without a line; after all
 * tests {@code ComplianceIT} fails on a test that did not run and pass with both providers.
 */
package org.almosttls.control;
