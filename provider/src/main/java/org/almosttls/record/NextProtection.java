package org.almosttls.record;

/** RFC 8446 §7.2: how what protects the data of one sender is renewed. For one thread at a time. */
public interface NextProtection extends AutoCloseable {

    /** The next keys; those before are erased here. */
    RecordProtection next();

    /** How many records are sealed by one protection at the most. */
    long mostRecords();

    /** How many octets are, as far as whole records permit. */
    long mostOctets();

    /** Erases the keys that the next ones would come from. */
    @Override
    void close();
}
