/** The one global outside the language that shared code uses: Node and browsers both have it. */
declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string): boolean;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly href: string;
}
