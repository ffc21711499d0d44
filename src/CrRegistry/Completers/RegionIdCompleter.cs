namespace CrRegistry.Completers;

/// <summary>Completes the known region IDs of the service. Users may also type the name of a region. Other region IDs are also accepted.</summary>
internal sealed class RegionIdCompleter : ValueCompleter
{
    private static readonly (string Id, string Name)[] s_regions =
    [
        ("ap-northeast-1", "Japan (Tokyo)"),
        ("ap-northeast-2", "South Korea (Seoul)"),
        ("ap-southeast-1", "Singapore"),
        ("ap-southeast-3", "Malaysia (Kuala Lumpur)"),
        ("ap-southeast-5", "Indonesia (Jakarta)"),
        ("ap-southeast-6", "Philippines (Manila)"),
        ("ap-southeast-7", "Thailand (Bangkok)"),
        ("ap-southeast-8", "Malaysia (Johor)"),
        ("cn-beijing", "China (Beijing)"),
        ("cn-beijing-finance-1", "China (Beijing), finance cloud"),
        ("cn-chengdu", "China (Chengdu)"),
        ("cn-fuzhou", "China (Fuzhou), local region"),
        ("cn-guangzhou", "China (Guangzhou)"),
        ("cn-hangzhou", "China (Hangzhou)"),
        ("cn-hangzhou-finance", "China (Hangzhou), finance cloud"),
        ("cn-heyuan", "China (Heyuan)"),
        ("cn-heyuan-acdr-1", "China (Heyuan), automotive cloud"),
        ("cn-hongkong", "China (Hong Kong)"),
        ("cn-huhehaote", "China (Hohhot)"),
        ("cn-nanjing", "China (Nanjing), local region"),
        ("cn-north-2-gov-1", "China (Beijing), government cloud"),
        ("cn-qingdao", "China (Qingdao)"),
        ("cn-shanghai", "China (Shanghai)"),
        ("cn-shanghai-finance-1", "China (Shanghai), finance cloud"),
        ("cn-shenzhen", "China (Shenzhen)"),
        ("cn-shenzhen-finance-1", "China (Shenzhen), finance cloud"),
        ("cn-wuhan-lr", "China (Wuhan), local region"),
        ("cn-wulanchabu", "China (Ulanqab)"),
        ("cn-wulanchabu-gic-1", "China (Ulanqab), government and enterprise cloud"),
        ("cn-zhangjiakou", "China (Zhangjiakou)"),
        ("cn-zhengzhou-jva", "China (Zhengzhou), joint venture with China Unicom"),
        ("cn-zhongwei", "China (Zhongwei)"),
        ("eu-central-1", "Germany (Frankfurt)"),
        ("eu-west-1", "UK (London)"),
        ("eu-west-2", "France (Paris)"),
        ("me-central-1", "Saudi Arabia (Riyadh)"),
        ("me-east-1", "UAE (Dubai)"),
        ("na-south-1", "Mexico"),
        ("us-east-1", "US (Virginia)"),
        ("us-southeast-1", "US (Atlanta)"),
        ("us-west-1", "US (Silicon Valley)"),
    ];

    private protected override IEnumerable<Suggestion> Find(TypedCommand command) =>
        s_regions.Select(region => new Suggestion(region.Id) { Alias = region.Name, ToolTip = region.Name });
}
