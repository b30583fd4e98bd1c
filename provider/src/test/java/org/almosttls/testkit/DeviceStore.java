package org.almosttls.testkit;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStoreSpi;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** The store of the keys that are in the device: one at most. There is no file, and no password but the device's own. */
public final class DeviceStore extends KeyStoreSpi {

    private static final String ALIAS = "device";

    private static volatile Optional<TestIdentity> inserted = Optional.empty();

    /** Its key is the only one in the device from now on. */
    public static void insert(TestIdentity identity) {
        inserted = Optional.of(identity);
    }

    private static Optional<TestIdentity> at(String alias) {
        return inserted.filter(identity -> alias.equals(ALIAS));
    }

    @Override
    public void engineLoad(InputStream stream, char[] password) {
        if (stream != null) throw new IllegalArgumentException("there is no file");
    }

    @Override
    public Key engineGetKey(String alias, char[] password) {
        return at(alias).map(identity -> DeviceKey.of(identity.key())).orElse(null);
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
        return at(alias)
                .map(identity -> identity.chain().toArray(new Certificate[0]))
                .orElse(null);
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
        return at(alias).map(TestIdentity::certificate).orElse(null);
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(inserted.isPresent() ? List.of(ALIAS) : List.of());
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return at(alias).isPresent();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return at(alias).isPresent();
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return false;
    }

    @Override
    public int engineSize() {
        return inserted.isPresent() ? 1 : 0;
    }

    @Override
    public Date engineGetCreationDate(String alias) {
        return new Date(0);
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
        return null;
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineDeleteEntry(String alias) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) {
        throw new UnsupportedOperationException();
    }
}
