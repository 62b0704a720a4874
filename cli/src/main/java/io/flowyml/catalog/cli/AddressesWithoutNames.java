package io.flowyml.catalog.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Resolves names as always and answers no address's name. The HTTP server asks for the name of each
 * client that comes by TLS, which nothing needs; a resolver that does not answer would keep all of
 * its threads for seconds. Found by the JDK as a service, for this process alone.
 */
public final class AddressesWithoutNames extends InetAddressResolverProvider {
  @Override
  public String name() {
    return "without names of addresses";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return usual.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        throw new UnknownHostException("no name is asked for");
      }
    };
  }
}
