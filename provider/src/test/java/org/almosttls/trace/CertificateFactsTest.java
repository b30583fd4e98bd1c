package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateFactsTest {

    /** Or its issuer would be told as the one who shows it. */
    @Test
    void aCertificateWhoseClassFailsHasItsPlaceInTheChain() {
        var facts = CertificateFacts.ofChain(List.of(new Mute(), Synthetic.certificate("ca")));
        assertEquals(2, facts.size());
        assertTrue(facts.get(0).contents().isEmpty());
        assertTrue(facts.get(0).digest("SHA-256").isPresent());
        assertTrue(facts.get(1).contents().isPresent());
    }

    /** Of octets that no parser has seen, and nothing else. */
    @SuppressWarnings({"deprecation", "removal"})
    private static final class Mute extends X509Certificate {

        private static final long serialVersionUID = 1L;

        private static IllegalStateException mute() {
            return new IllegalStateException("of a kind that nobody knows");
        }

        @Override
        public byte[] getEncoded() throws CertificateEncodingException {
            return new byte[] {0x30, 0x00};
        }

        @Override
        public PublicKey getPublicKey() {
            throw mute();
        }

        @Override
        public void checkValidity() {
            throw mute();
        }

        @Override
        public void checkValidity(Date date) {
            throw mute();
        }

        @Override
        public int getVersion() {
            throw mute();
        }

        @Override
        public BigInteger getSerialNumber() {
            throw mute();
        }

        @Override
        public Principal getIssuerDN() {
            throw mute();
        }

        @Override
        public Principal getSubjectDN() {
            throw mute();
        }

        @Override
        public Date getNotBefore() {
            throw mute();
        }

        @Override
        public Date getNotAfter() {
            throw mute();
        }

        @Override
        public byte[] getTBSCertificate() {
            throw mute();
        }

        @Override
        public byte[] getSignature() {
            throw mute();
        }

        @Override
        public String getSigAlgName() {
            throw mute();
        }

        @Override
        public String getSigAlgOID() {
            throw mute();
        }

        @Override
        public byte[] getSigAlgParams() {
            throw mute();
        }

        @Override
        public boolean[] getIssuerUniqueID() {
            throw mute();
        }

        @Override
        public boolean[] getSubjectUniqueID() {
            throw mute();
        }

        @Override
        public boolean[] getKeyUsage() {
            throw mute();
        }

        @Override
        public int getBasicConstraints() {
            throw mute();
        }

        @Override
        public void verify(PublicKey key) {
            throw mute();
        }

        @Override
        public void verify(PublicKey key, String provider) {
            throw mute();
        }

        @Override
        public String toString() {
            throw mute();
        }

        @Override
        public boolean hasUnsupportedCriticalExtension() {
            throw mute();
        }

        @Override
        public Set<String> getCriticalExtensionOIDs() {
            throw mute();
        }

        @Override
        public Set<String> getNonCriticalExtensionOIDs() {
            throw mute();
        }

        @Override
        public byte[] getExtensionValue(String oid) {
            throw mute();
        }
    }
}
