/**
 * The compliance table: what the RFCs demand of a peer, what we answer to one that breaks it, and the test that shows
 * it. The rules are in the test resources beside this package, in our own words; the build checks them against the
 * tests that ran and writes {@code target/compliance.md}. The same for what is promised of each protocol, in
 * {@code target/promises.md}, for every public method of JSSE, and for where we differ from the platform's provider.
 */
package org.almosttls.compliance;
